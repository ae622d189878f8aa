import { createBrowserRouter, matchRoutes, type RouteObject } from 'react-router';
import { PublicLayout } from '../components/shell/public-layout.tsx';
import { BrokenPage, Loading, NotFoundPage } from '../components/states.tsx';
import { whole } from '../store/parts.ts';
import { SignInPage } from '../views/sign-in/sign-in-page.tsx';
import { loadHome, loadMeeting } from './ahead.ts';
import { RequirePerson, RequireSession } from './guards.tsx';

/** Pages before anybody is signed in; the first of them comes with the page itself. */
const open: RouteObject = {
  element: <PublicLayout />,
  children: [
    { path: '/dang-nhap', element: <SignInPage /> },
    { path: '/kich-hoat', lazy: () => whole(import('../views/sign-in/activation-page.tsx')) },
    { path: '/ma-quan-tri', lazy: () => whole(import('../views/sign-in/first-administrator-page.tsx')) },
    { path: '/diem-cau', lazy: () => whole(import('../views/sign-in/terminal-page.tsx')) },
    { path: '/thu-duong-truyen', lazy: () => whole(import('../views/reach/line-test-page.tsx')) },
  ],
};

/** Pages of who is signed in. */
const own: RouteObject = {
  lazy: async () => ({ Component: (await loadHome()).SignedIn }),
  children: [
    {
      element: <RequirePerson />,
      children: [
        {
          lazy: async () => ({ Component: (await loadHome()).ShellLayout }),
          children: [
            {
              path: '/',
              lazy: async () => ({ Component: (await loadHome()).HomePage }),
            },
            { path: '/sinh-hoat-moi', lazy: () => whole(import('../views/home/new-meeting-page.tsx')) },
            { path: '/ke-hoach-du', lazy: () => whole(import('../views/oversight/visits-page.tsx')) },
            { path: '/nhan-xet', lazy: () => whole(import('../views/oversight/board-page.tsx')) },
            { path: '/quan-tri', lazy: () => whole(import('../views/admin/organizations-page.tsx')) },
            { path: '/quan-tri/cap-tren', lazy: () => whole(import('../views/admin/assignments-page.tsx')) },
            { path: '/quan-tri/chi-bo/:cellId', lazy: () => whole(import('../views/admin/cell-page.tsx')) },
          ],
        },
        { path: '/man-hinh-du', lazy: () => whole(import('../views/wall/wall-page.tsx')) },
      ],
    },
    {
      element: <RequireSession />,
      children: [{ path: '/hop/:meetingId', lazy: loadMeeting }],
    },
  ],
};

/** @returns whether the page at the address is for who is signed in. */
export function wantsSession(pathname: string): boolean {
  return matchRoutes([own], pathname) !== null;
}

/**
 * Which address shows what. Every page but the sign-in page is loaded when it is opened.
 * @param somebody whether somebody may be signed in; who is not begins at the sign-in page, before the wanted one is fetched.
 */
export function createRouter(somebody: 'no' | 'yes') {
  const { pathname, search } = window.location;
  if (somebody === 'no' && wantsSession(pathname)) {
    // As the router itself notes what a page hands on to the next.
    window.history.replaceState({ usr: { from: pathname + search }, key: 'default' }, '', '/dang-nhap');
  }
  return createBrowserRouter([
    {
      errorElement: <BrokenPage />,
      hydrateFallbackElement: <Loading />,
      children: [
        open,
        own,
        { element: <PublicLayout />, children: [{ path: '*', element: <NotFoundPage /> }] },
      ],
    },
  ]);
}
