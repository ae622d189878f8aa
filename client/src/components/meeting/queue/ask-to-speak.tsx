import { Button, Menu } from '@mantine/core';
import { IconHandStop, IconMessage2, IconScale, IconUsersGroup } from '@tabler/icons-react';
import { useHand } from '../../../hooks/meeting/use-hand.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';

/** Asks for the floor, withdraws, or ends one's own speech: one button that says what it does now. */
export function AskToSpeak() {
  const t = useText();
  const hand = useHand();
  switch (hand.kind) {
    case 'none':
      return null;
    case 'speaking':
      return (
        <Button fullWidth mih={48} onClick={hand.end}>
          {t('bar.endMine')}
        </Button>
      );
    case 'waiting':
      return (
        <Button fullWidth mih={48} variant="outline" onClick={hand.withdraw}>
          {t('bar.asked', { place: hand.place })} · {t('bar.withdraw')}
        </Button>
      );
    case 'free':
      return (
        <Menu width="target">
          <Menu.Target>
            <Button fullWidth mih={48} leftSection={<IconHandStop size={20} />}>
              {t('bar.ask')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <AskItems ask={hand.ask} hasGroup={hand.group !== null} />
          </Menu.Dropdown>
        </Menu>
      );
  }
}

/** The kinds of asking, as menu items. */
export function AskItems({
  ask,
  hasGroup,
}: {
  readonly ask: (kind: 'speech' | 'pointOfOrder' | 'groupOpinion') => void;
  readonly hasGroup: boolean;
}) {
  const t = useText();
  return (
    <>
      <Menu.Item mih={48} leftSection={<IconMessage2 size={20} />} onClick={() => ask('speech')}>
        {t('bar.kindSpeech')}
      </Menu.Item>
      <Menu.Item mih={48} leftSection={<IconScale size={20} />} onClick={() => ask('pointOfOrder')}>
        {t('bar.kindPointOfOrder')}
      </Menu.Item>
      {hasGroup && (
        <Menu.Item mih={48} leftSection={<IconUsersGroup size={20} />} onClick={() => ask('groupOpinion')}>
          {t('bar.kindGroupOpinion')}
        </Menu.Item>
      )}
    </>
  );
}
