import { addTexts } from './add-texts.ts';
import { wall } from './vi/wall.ts';

addTexts({ wall });
