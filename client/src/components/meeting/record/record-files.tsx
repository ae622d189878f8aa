import type { RecordFile } from '@diemcau/shared/protocol/http.ts';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileText, IconFileTypePdf, IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import classes from './record.module.css';

const files = [
  { file: 'docx', icon: IconFileText },
  { file: 'pdf', icon: IconFileTypePdf },
  { file: 'log', icon: IconListDetails },
] as const;

/** Hands a file to the browser, to be kept under its name. */
function keep(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then; the memory is given back.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The minutes on paper and the log, to be taken away, and how to verify them (MIN3, MIN4). */
export function RecordFiles() {
  const { recordFile, as } = useRoom();
  const t = useRecordText();
  const [under, setUnder] = useState<RecordFile | null>(null);
  if (as.kind === 'terminal') return null;
  const take = async (file: RecordFile) => {
    setUnder(file);
    const answer = await recordFile(file);
    setUnder(null);
    if (answer.ok) {
      keep(answer.value.name, answer.value.content);
      notifications.show({ message: t('files.made', { name: answer.value.name }), color: 'green' });
    } else notifications.show({ message: t('files.failed', { message: answer.message }), color: 'orange' });
  };
  return (
    <section className={classes.files} aria-label={t('files.title')} data-testid="record-files">
      <div className={classes.fileButtons}>
        {files.map(({ file, icon: Icon }) => (
          <Button
            key={file}
            variant="default"
            mih={48}
            loading={under === file}
            leftSection={<Icon size={20} />}
            onClick={() => void take(file)}
            data-testid={`download-${file}`}
          >
            {t(`files.${file}`)}
          </Button>
        ))}
      </div>
      <p className={classes.hint}>{t('files.verify')}</p>
    </section>
  );
}
