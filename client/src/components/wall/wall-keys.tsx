import { Kbd, Modal, Table } from '@mantine/core';
import { useWallText } from '../../hooks/wall/use-wall-text.ts';

const keys = [
  ['1 – 9', 'tile'],
  ['← ↑ → ↓', 'arrows'],
  ['Enter', 'enter'],
  ['Space', 'space'],
  ['F', 'floor'],
  ['Esc', 'back'],
  ['A', 'acknowledge'],
  ['L', 'list'],
  ['/', 'find'],
  ['?', 'help'],
] as const;

/** The keys of the wall. */
export function WallKeys({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useWallText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Table>
        <Table.Tbody>
          {keys.map(([key, name]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">
                <Kbd size="md" style={{ whiteSpace: 'nowrap' }}>
                  {key}
                </Kbd>
              </Table.Th>
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
