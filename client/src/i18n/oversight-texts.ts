import { addTexts } from './add-texts.ts';
import { oversight } from './vi/oversight.ts';

addTexts({ oversight });
