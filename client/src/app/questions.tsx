import { ModalsProvider } from '@mantine/modals';
import { Outlet } from 'react-router';

/** What pages of somebody signed in have around them: questions before something that can't be taken back. */
export function Component() {
  return (
    <ModalsProvider>
      <Outlet />
    </ModalsProvider>
  );
}
