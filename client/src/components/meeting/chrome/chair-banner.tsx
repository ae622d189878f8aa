import { clerkStandsIn, isChairVacant, successors } from '@diemcau/shared/domain/chair.ts';
import { voteInTheWay } from '@diemcau/shared/domain/undecided.ts';
import { Button, Group } from '@mantine/core';
import { IconGavel, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { namesOf, titleOf } from '../../../hooks/meeting/names.ts';
import { useMyself, useRoles, useRoom } from '../../../hooks/meeting/room.ts';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useNow } from '../../../hooks/meeting/use-now.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { Banner } from './banner.tsx';
import { LateQuestion } from './late-question.ts';

type Act = 'take' | 'suspend' | 'interrupt';

/** The chair's line is gone: who may take over, and what is left to the clerk where nobody can (CHAIR1, CHAIR2). */
export function ChairBanner() {
  const { state } = useRoom();
  const t = useConductText();
  const texts = useText();
  const roles = useRoles();
  const myself = useMyself();
  const now = useNow(2000);
  const { give } = useGive();
  const [asking, setAsking] = useState<Act | null>(null);
  const running = state.phase === 'open' || state.phase === 'suspended';
  const { officers } = state;
  if (!running || officers === null || !isChairVacant(state, now)) return null;
  const chair = titleOf(state, officers.chair);
  const heirs = successors(state);
  const mine = myself !== null && heirs.includes(myself);
  const clerk = roles.has('minutesClerk') && clerkStandsIn(state, now);
  const suspendable = state.phase === 'open' && voteInTheWay(state) === null;
  const sentence = mine
    ? t('chair.goneYou', { chair })
    : heirs.length > 0
      ? t('chair.goneOthers', { chair, names: namesOf(state, heirs, texts) })
      : t('chair.goneNobody', { chair });
  const close = () => setAsking(null);
  return (
    <>
      <Banner
        tone="warning"
        icon={<IconPlugConnectedX size={20} aria-hidden />}
        testId="chair-gone"
        action={
          (mine || clerk) && (
            <Group gap="xs">
              {mine && (
                <Button
                  mih={48}
                  leftSection={<IconGavel size={20} aria-hidden />}
                  onClick={() => setAsking('take')}
                >
                  {t('chair.take')}
                </Button>
              )}
              {clerk && suspendable && (
                <Button variant="default" mih={48} onClick={() => setAsking('suspend')}>
                  {t('chair.suspend')}
                </Button>
              )}
              {clerk && (
                <Button variant="default" mih={48} onClick={() => setAsking('interrupt')}>
                  {t('chair.interrupt')}
                </Button>
              )}
            </Group>
          )
        }
      >
        {sentence} {clerk && t(suspendable ? 'chair.goneClerk' : 'chair.goneClerkVote')}
      </Banner>
      <LateQuestion
        opened={asking === 'take'}
        title={t('chair.takeQuestion')}
        hint={t('chair.takeHint', { chair })}
        confirm={t('chair.take')}
        onConfirm={() => void give({ type: 'takeChair' })}
        onClose={close}
      />
      <LateQuestion
        opened={asking === 'suspend'}
        title={t('chair.suspend')}
        reason={t('chair.reason')}
        confirm={t('chair.suspend')}
        onConfirm={(reason) => void give({ type: 'suspendMeeting', reason })}
        onClose={close}
      />
      <LateQuestion
        opened={asking === 'interrupt'}
        title={t('chair.interrupt')}
        hint={t('chair.interruptHint')}
        reason={t('chair.reason')}
        confirm={t('chair.interrupt')}
        onConfirm={(reason) => void give({ type: 'interruptMeeting', reason })}
        onClose={close}
      />
    </>
  );
}
