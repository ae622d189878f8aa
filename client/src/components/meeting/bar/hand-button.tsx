import { IconHandOff, IconHandStop, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useHand } from '../../../hooks/meeting/use-hand.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { fetched, lateWindow } from '../../late.tsx';
import { LateMenu } from '../../late-menu.tsx';
import { BarButton } from './bar-button.tsx';

const HandMenu = fetched(async () => (await import('./hand-menu.tsx')).HandMenu);
const OpinionWindow = lateWindow(async () => (await import('../queue/opinion-window.tsx')).OpinionWindow);

/** Asks for the floor, withdraws, or ends one's own speech. */
export function HandButton() {
  const t = useText();
  const hand = useHand();
  const [writing, setWriting] = useState(false);
  switch (hand.kind) {
    case 'none':
      return (
        <BarButton
          icon={<IconHandStop size={24} aria-hidden />}
          label={t('bar.ask')}
          look="locked"
          testId="hand"
        />
      );
    case 'speaking':
      return (
        <BarButton
          icon={<IconPlayerStop size={24} aria-hidden />}
          label={t('bar.endMine')}
          look="accent"
          onClick={hand.end}
          testId="hand"
        />
      );
    case 'waiting':
      return (
        <BarButton
          icon={<IconHandOff size={24} aria-hidden />}
          label={t('bar.asked', { place: hand.place })}
          name={`${t('bar.asked', { place: hand.place })}. ${t('bar.withdraw')}`}
          look="on"
          onClick={hand.withdraw}
          testId="hand"
        />
      );
    case 'free':
      return (
        <>
          <LateMenu
            button={
              <BarButton
                icon={<IconHandStop size={24} aria-hidden />}
                label={t('bar.ask')}
                look="accent"
                testId="hand"
              />
            }
          >
            <HandMenu ask={hand.ask} hasGroup={hand.group !== null} onWrite={() => setWriting(true)} />
          </LateMenu>
          <OpinionWindow opened={writing} onClose={() => setWriting(false)} />
        </>
      );
  }
}
