import { addTexts } from './add-texts.ts';
import { conduct } from './vi/conduct.ts';
import { home } from './vi/home.ts';
import { meeting } from './vi/meeting.ts';
import { oversight } from './vi/oversight.ts';
import { record } from './vi/record.ts';
import { wall } from './vi/wall.ts';

addTexts({ conduct, home, meeting, oversight, record, wall });
