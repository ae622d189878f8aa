import { addTexts } from './add-texts.ts';
import { admin } from './vi/admin.ts';

addTexts({ admin });
