import { ModalsProvider } from '@mantine/modals';
import { Outlet } from 'react-router';

/** What pages of administration have around them: questions before something is removed. */
export function Component() {
  return (
    <ModalsProvider>
      <Outlet />
    </ModalsProvider>
  );
}
