import { addTexts } from './add-texts.ts';
import { reach } from './vi/reach.ts';

addTexts({ reach });
