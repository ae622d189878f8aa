import { addTexts } from './add-texts.ts';
import { conduct } from './vi/conduct.ts';
import { home } from './vi/home.ts';
import { meeting } from './vi/meeting.ts';
import { record } from './vi/record.ts';

addTexts({ conduct, home, meeting, record });
