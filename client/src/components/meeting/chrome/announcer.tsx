import { VisuallyHidden } from '@mantine/core';
import { useMyself, useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useLatestVote } from '../../../hooks/meeting/use-vote.ts';

/** Tells screen readers what nobody may miss: a vote that opens, a result, the floor. */
export function Announcer() {
  const { state } = useRoom();
  const t = useText();
  const myself = useMyself();
  const vote = useLatestVote();
  const floor = myself !== null && state.speaking.speech?.request.person === myself;
  const result = vote?.phase === 'announced' ? vote.result : null;
  return (
    <VisuallyHidden>
      <div aria-live="assertive" data-testid="announcer">
        {vote?.phase === 'open' && t('vote.opened', { question: vote.opening.question })}
        {result && `${t('vote.announcedTitle')}: ${t(result.passed ? 'vote.passed' : 'vote.notPassed')}`}
      </div>
      <div aria-live="assertive">{floor && t('bar.speaking')}</div>
    </VisuallyHidden>
  );
}
