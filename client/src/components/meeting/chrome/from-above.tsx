import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { IconChartBar, IconEye } from '@tabler/icons-react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useWallText } from '../../../hooks/wall/use-wall-text.ts';
import { Banner } from './banner.tsx';
import { MessageBanner } from './message-banner.tsx';

/** Who attends from above, who follows the figures alone, and their words to the chair: all see it at once (SUP1, SUP7). */
export function FromAbove() {
  const { state, as } = useRoom();
  const t = useText();
  const wall = useWallText();
  const isOther = (person: string) => as.kind === 'terminal' || person !== as.person;
  const present = Object.entries(state.superiors).filter(([person]) => isOther(person));
  const following = Object.entries(state.followers).filter(
    ([person]) => isOther(person) && state.superiors[asId<PersonId>(person)] === undefined,
  );
  return (
    <>
      {present.length > 0 && (
        <Banner tone="calm" icon={<IconEye size={20} aria-hidden />} testId="superiors-banner">
          {present
            .map(([, { name, office, graceEndsAt }]) =>
              graceEndsAt === null
                ? t('superior.one', { name, office })
                : `${t('superior.one', { name, office })} (${t('superior.lost')})`,
            )
            .join(' · ')}
        </Banner>
      )}
      {following.length > 0 && (
        <Banner tone="calm" icon={<IconChartBar size={20} aria-hidden />} testId="followers-banner">
          {following.map(([, { name, office }]) => wall('openness.follows', { name, office })).join(' · ')}
        </Banner>
      )}
      <MessageBanner />
    </>
  );
}
