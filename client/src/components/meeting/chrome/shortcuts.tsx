import { Kbd, Modal, Table } from '@mantine/core';
import { useText } from '../../../hooks/meeting/use-text.ts';

const keys = [
  ['M', 'mic'],
  ['V', 'camera'],
  ['H', 'hand'],
  ['1 2 3', 'tabs'],
  ['N', 'next'],
  ['L', 'layout'],
  ['/', 'find'],
  ['?', 'help'],
] as const;

/** The keys of the meeting room. */
export function Shortcuts({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Table>
        <Table.Tbody>
          {keys.map(([key, name]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">
                <Kbd size="md">{key}</Kbd>
              </Table.Th>
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
