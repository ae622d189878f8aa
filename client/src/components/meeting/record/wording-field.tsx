import { Button, Textarea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { useWording } from '../../../hooks/meeting/use-wording.ts';
import classes from './record.module.css';

/** One place for the clerk's words; it says by itself whether they are saved (MIN2). */
export function WordingField({ part, label }: { readonly part: string; readonly label: string }) {
  const t = useRecordText();
  const { text, state, write, saveNow } = useWording(part);
  return (
    <div className={classes.wording} data-testid="wording" data-part={part}>
      <Textarea
        label={label}
        autosize
        minRows={2}
        maxRows={14}
        maxLength={20_000}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          saveNow();
        }}
      />
      <div className={classes.saved} role="status" data-testid="wording-state" data-state={state.kind}>
        {state.kind === 'saved' && text !== '' && <IconCheck size={18} aria-hidden />}
        {state.kind === 'failed'
          ? t('minutes.failed', { message: state.message })
          : (state.kind !== 'saved' || text !== '') && t(`minutes.${state.kind}`)}
        {(state.kind === 'unsaved' || state.kind === 'failed') && (
          <Button variant="default" size="compact-md" mih={44} onClick={saveNow}>
            {t('minutes.saveNow')}
          </Button>
        )}
      </div>
    </div>
  );
}
