import type { SessionView } from '@diemcau/shared/protocol/http.ts';
import { Menu, Text } from '@mantine/core';
import { IconKey, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../hooks/use-app.ts';
import { useLateOpening } from '../late-menu.tsx';
import { AccountButton } from './account-button.tsx';

interface AccountMenuProps {
  readonly person: Extract<SessionView, { kind: 'person' }>;
  readonly onPin: () => void;
}

/** Who one is, one's PIN, and the way out. */
export function AccountMenu({ person: { name, title }, onPin }: AccountMenuProps) {
  const { t } = useTranslation('shell');
  const { t: record } = useTranslation('record');
  const app = useApp();
  const { button, opened, onChange } = useLateOpening();
  return (
    <Menu position="bottom-end" width="18rem" opened={opened} onChange={onChange}>
      <Menu.Target>
        <AccountButton ref={button} name={name} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} c="var(--mantine-color-text)">
            {name}
          </Text>
          {title !== '' && <Text c="dimmed">{title}</Text>}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item mih="3rem" leftSection={<IconKey aria-hidden />} onClick={onPin} data-testid="my-pin">
          {record('pin.mine')}
        </Menu.Item>
        <Menu.Item
          mih="3rem"
          leftSection={<IconLogout aria-hidden />}
          onClick={() => void app.session.signOut()}
        >
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
