import { createBrowserRouter } from 'react-router';
import { PublicLayout } from '../components/shell/public-layout.tsx';
import { ShellLayout } from '../components/shell/shell-layout.tsx';
import { BrokenPage, Loading, NotFoundPage } from '../components/states.tsx';
import { HomePage } from '../views/home/home-page.tsx';
import { SignInPage } from '../views/sign-in/sign-in-page.tsx';
import { RequirePerson, RequireSession } from './guards.tsx';

/** Which address shows what. The meeting room, the wall and administration are loaded when they are first opened. */
export function createRouter() {
  return createBrowserRouter([
    {
      errorElement: <BrokenPage />,
      hydrateFallbackElement: <Loading />,
      children: [
        {
          element: <PublicLayout />,
          children: [
            { path: '/dang-nhap', element: <SignInPage /> },
            { path: '/kich-hoat', lazy: () => import('../views/sign-in/activation-page.tsx') },
            { path: '/ma-quan-tri', lazy: () => import('../views/sign-in/first-administrator-page.tsx') },
            { path: '/diem-cau', lazy: () => import('../views/sign-in/terminal-page.tsx') },
          ],
        },
        {
          element: <RequirePerson />,
          children: [
            {
              element: <ShellLayout />,
              children: [
                { path: '/', element: <HomePage /> },
                { path: '/sinh-hoat-moi', lazy: () => import('../views/home/new-meeting-page.tsx') },
                { path: '/quan-tri', lazy: () => import('../views/admin/organizations-page.tsx') },
                { path: '/quan-tri/chi-bo/:cellId', lazy: () => import('../views/admin/cell-page.tsx') },
              ],
            },
          ],
        },
        {
          element: <RequirePerson />,
          children: [{ path: '/man-hinh-du', lazy: () => import('../views/wall/wall-page.tsx') }],
        },
        {
          element: <RequireSession />,
          children: [{ path: '/hop/:meetingId', lazy: () => import('../views/meeting/meeting-page.tsx') }],
        },
        { element: <PublicLayout />, children: [{ path: '*', element: <NotFoundPage /> }] },
      ],
    },
  ]);
}
