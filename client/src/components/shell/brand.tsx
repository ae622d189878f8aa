import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import icon from '../../assets/icon.svg';

/** The product's sign and name. */
export function Brand() {
  const { t } = useTranslation('shell');
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={icon} alt="" width={36} height={36} />
      <Text fw={700} fz="lg" lh={1.2}>
        {t('product')}
      </Text>
    </Group>
  );
}
