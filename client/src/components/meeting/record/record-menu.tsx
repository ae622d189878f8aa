import { IconFileText, IconKey, IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { useKeepReceipts } from '../../../hooks/meeting/use-keep-receipts.ts';
import { useRecordText } from '../../../hooks/meeting/use-record-text.ts';
import { lateWindow } from '../../late.tsx';
import { MenuEntry } from '../bar/menu-entry.tsx';

const OwnPin = lateWindow(async () => (await import('../../shell/own-pin.tsx')).OwnPin);
const MinutesDrawer = lateWindow(async () => (await import('./record-windows.tsx')).MinutesDrawer);
const ReceiptsWindow = lateWindow(async () => (await import('./record-windows.tsx')).ReceiptsWindow);

/** What "more" opens. The windows stand outside of the menu, which closes under them. */
export type RecordWindow = 'minutes' | 'receipts' | 'pin';

const entries = [
  { name: 'minutes', icon: IconFileText, label: 'minutes.open' },
  { name: 'receipts', icon: IconReceipt, label: 'receipts.title' },
  { name: 'pin', icon: IconKey, label: 'pin.mine' },
] as const;

/** Entries of "more": the minutes, one's receipts, one's PIN. */
export function RecordMenu({ onOpen }: { readonly onOpen: (name: RecordWindow) => void }) {
  const { as } = useRoom();
  const t = useRecordText();
  return entries
    .filter(({ name }) => as.kind === 'member' || name === 'minutes')
    .map(({ name, icon: Icon, label }) => (
      <MenuEntry
        key={name}
        leftSection={<Icon size={22} />}
        onClick={() => onOpen(name)}
        data-testid={`open-${name}`}
      >
        {t(label)}
      </MenuEntry>
    ));
}

/** @returns the window that is open, and how to open one; a vote that opens closes it where it would hide the vote. */
export function useRecordWindow(beside: 'room' | 'all') {
  const { state } = useRoom();
  const [shown, setShown] = useState<RecordWindow | null>(null);
  const [seenVote, setSeenVote] = useState(state.openVote);
  useKeepReceipts();
  if (seenVote !== state.openVote) {
    setSeenVote(state.openVote);
    if (state.openVote !== null && (beside === 'all' || shown !== 'minutes')) setShown(null);
  }
  return { shown, show: setShown };
}

interface RecordWindowsProps {
  readonly shown: RecordWindow | null;
  readonly beside: 'room' | 'all';
  readonly onClose: () => void;
}

/** The windows that {@link RecordMenu} opens. */
export function RecordWindows({ shown, beside, onClose }: RecordWindowsProps) {
  return (
    <>
      <MinutesDrawer opened={shown === 'minutes'} onClose={onClose} beside={beside} />
      <ReceiptsWindow opened={shown === 'receipts'} onClose={onClose} />
      <OwnPin opened={shown === 'pin'} onClose={onClose} />
    </>
  );
}
