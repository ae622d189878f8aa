import { addTexts } from './add-texts.ts';
import { conduct } from './vi/conduct.ts';
import { media } from './vi/media.ts';
import { meeting } from './vi/meeting.ts';
import { oversight } from './vi/oversight.ts';
import { record } from './vi/record.ts';
import { wall } from './vi/wall.ts';

addTexts({ conduct, media, meeting, oversight, record, wall });
