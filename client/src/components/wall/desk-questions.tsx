import { attendedLimit } from '@diemcau/shared/protocol/wall.ts';
import { List } from '@mantine/core';
import { type DeskQuestion, useDesk } from '../../hooks/wall/desk.ts';
import { useWallText, type WallText } from '../../hooks/wall/use-wall-text.ts';
import { useEntries, useWall } from '../../hooks/wall/wall.ts';
import { Question } from '../meeting/chrome/question.tsx';
import { MessageWindow } from './message-window.tsx';
import { WallKeys } from './wall-keys.tsx';

interface Words {
  readonly title: string;
  readonly hint: string;
  readonly confirm: string;
  /** Cells that are named below the question. */
  readonly names: readonly string[];
}

function wordsOf(
  question: Extract<DeskQuestion, { kind: 'attend' | 'leave' | 'endSpeech' }>,
  nameOf: (meeting: string | undefined) => string,
  large: string,
  t: WallText,
): Words {
  if (question.kind === 'endSpeech') {
    return {
      title: t('large.speakFirst', { cell: large }),
      hint: t('large.speakFirstHint'),
      confirm: t('large.speakFirstConfirm'),
      names: [],
    };
  }
  const { meetings } = question;
  const [first] = meetings;
  const count = meetings.length;
  const names = count > 1 ? meetings.map(nameOf) : [];
  if (question.kind === 'attend') {
    const title =
      count === 1 ? t('attending.askOne', { cell: nameOf(first) }) : t('attending.askSome', { count });
    return { title, hint: t('attending.askHint'), confirm: t('attending.confirm'), names };
  }
  const title =
    count === 1 ? t('attending.leaveOne', { cell: nameOf(first) }) : t('attending.leaveSome', { count });
  return { title, hint: t('attending.leaveHint'), confirm: t('attending.leave'), names };
}

/** Whatever is asked before it is done on the wall. */
export function DeskQuestions() {
  const t = useWallText();
  const { client } = useWall();
  const entries = useEntries();
  const { question, ask, confirm, large } = useDesk();
  const plain =
    question?.kind === 'attend' || question?.kind === 'leave' || question?.kind === 'endSpeech'
      ? question
      : null;
  const cells = new Map<string, string>([...entries].map(([id, { cellName }]) => [id, cellName]));
  const nameOf = (meeting: string | undefined) => cells.get(meeting ?? '') ?? '';
  const words = plain && wordsOf(plain, nameOf, nameOf(large?.meeting), t);
  const room = attendedLimit - client.attended().length;
  const many = plain?.kind === 'attend' && plain.meetings.length > room;
  return (
    <>
      <Question
        opened={words !== null}
        title={words?.title ?? ''}
        hint={words?.hint}
        confirm={words?.confirm ?? ''}
        onConfirm={confirm}
        onClose={() => ask(null)}
      >
        {many && <p>{t('attending.askLimit', { limit: attendedLimit })}</p>}
        {(words?.names.length ?? 0) > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          <div style={{ maxHeight: '40dvh', overflowY: 'auto' }} tabIndex={0}>
            <List>
              {words?.names.map((name) => (
                <List.Item key={name}>{name}</List.Item>
              ))}
            </List>
          </div>
        )}
      </Question>
      <MessageWindow
        meetings={question?.kind === 'message' ? question.meetings : null}
        onClose={() => ask(null)}
      />
      <WallKeys opened={question?.kind === 'keys'} onClose={() => ask(null)} />
    </>
  );
}
