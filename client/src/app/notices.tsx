import { Notifications } from '@mantine/notifications';

/** Shows what is told. */
export function Notices() {
  return <Notifications position="top-center" autoClose={6000} />;
}
