import { addTexts } from './add-texts.ts';
import { conduct } from './vi/conduct.ts';
import { media } from './vi/media.ts';
import { meeting } from './vi/meeting.ts';
import { record } from './vi/record.ts';

addTexts({ conduct, media, meeting, record });
