import { Menu } from '@mantine/core';
import { IconHandStop, IconPencil } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import { useText } from '../../../hooks/meeting/use-text.ts';
import { useLateOpening } from '../../late-menu.tsx';
import { AskItems } from '../queue/ask-to-speak.tsx';
import { BarButton } from './bar-button.tsx';

interface HandMenuProps extends ComponentProps<typeof AskItems> {
  readonly onWrite: () => void;
}

/** The ways to be heard, above the button. */
export function HandMenu({ onWrite, ...asking }: HandMenuProps) {
  const t = useText();
  const conduct = useConductText();
  const { button, opened, onChange } = useLateOpening();
  return (
    <Menu position="top" withArrow opened={opened} onChange={onChange}>
      <Menu.Target>
        <BarButton
          ref={button}
          icon={<IconHandStop size={24} aria-hidden />}
          label={t('bar.ask')}
          look="accent"
          testId="hand"
        />
      </Menu.Target>
      <Menu.Dropdown>
        <AskItems {...asking} />
        <Menu.Item mih={48} leftSection={<IconPencil size={20} />} onClick={onWrite}>
          {conduct('opinion.write')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
