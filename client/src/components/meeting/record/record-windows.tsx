import { Drawer, Modal } from '@mantine/core';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { MinutesView } from './minutes-view.tsx';
import { MyReceipts } from './my-receipts.tsx';

interface WindowProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The minutes beside the meeting: on a computer the vote and the queue stay in sight and within reach. */
export function MinutesDrawer({
  opened,
  onClose,
  beside,
}: WindowProps & { readonly beside: 'room' | 'all' }) {
  const t = useRecordText();
  const room = beside === 'room';
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position={room ? 'left' : 'bottom'}
      size={room ? 'calc(100vw - 26rem)' : '100%'}
      title={t('minutes.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      {...(room
        ? { withOverlay: false, trapFocus: false, lockScroll: false, closeOnClickOutside: false }
        : {})}
    >
      <MinutesView onVote={room ? undefined : onClose} />
    </Drawer>
  );
}

/** One's own receipts in a window. */
export function ReceiptsWindow({ opened, onClose }: WindowProps) {
  const t = useRecordText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('receipts.title')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <MyReceipts />
    </Modal>
  );
}
