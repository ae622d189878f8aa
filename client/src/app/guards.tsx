import { Navigate, Outlet, useLocation } from 'react-router';
import { Loading, Unreachable } from '../components/states.tsx';
import { useApp, useSession } from '../hooks/use-app.ts';

/** Lets in who is signed in, a room's terminal too; others go to the sign-in page and come back from there. */
export function RequireSession() {
  const session = useSession();
  const { pathname, search } = useLocation();
  const app = useApp();
  switch (session.kind) {
    case 'restoring':
      return <Loading />;
    case 'unreachable':
      return <Unreachable message={session.message} onRetry={() => void app.session.restore()} />;
    case 'signedOut':
      return <Navigate to="/dang-nhap" replace state={{ from: pathname + search }} />;
    case 'signedIn':
      return <Outlet />;
  }
}

/** Lets in people; a terminal has nothing but its meeting. */
export function RequirePerson() {
  const session = useSession();
  if (session.kind === 'signedIn' && session.session.kind === 'terminal') {
    return <Navigate to={`/hop/${session.session.meetingId}`} replace />;
  }
  return <RequireSession />;
}
