import { Menu } from '@mantine/core';
import { IconHandOff, IconHandStop, IconPencil, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useHand } from '../../../hooks/meeting/use-hand.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { AskItems } from '../queue/ask-to-speak.tsx';
import { OpinionWindow } from '../queue/opinion-window.tsx';
import { BarButton } from './bar-button.tsx';

/** Asks for the floor, withdraws, or ends one's own speech. */
export function HandButton() {
  const t = useText();
  const conduct = useConductText();
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
          <Menu position="top" withArrow>
            <Menu.Target>
              <BarButton
                icon={<IconHandStop size={24} aria-hidden />}
                label={t('bar.ask')}
                look="accent"
                testId="hand"
              />
            </Menu.Target>
            <Menu.Dropdown>
              <AskItems ask={hand.ask} hasGroup={hand.group !== null} />
              <Menu.Item mih={48} leftSection={<IconPencil size={20} />} onClick={() => setWriting(true)}>
                {conduct('opinion.write')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <OpinionWindow opened={writing} onClose={() => setWriting(false)} />
        </>
      );
  }
}
