import { createBrowserRouter } from 'react-router';
import { PublicLayout } from '../components/shell/public-layout.tsx';
import { BrokenPage, Loading, NotFoundPage } from '../components/states.tsx';
import { SignInPage } from '../views/sign-in/sign-in-page.tsx';
import { RequirePerson, RequireSession } from './guards.tsx';

const questions = () => import('./questions.tsx');

/** Which address shows what. Every page but the first one is loaded when it is opened. */
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
            { path: '/thu-duong-truyen', lazy: () => import('../views/reach/line-test-page.tsx') },
          ],
        },
        {
          element: <RequirePerson />,
          children: [
            {
              lazy: questions,
              children: [
                {
                  lazy: async () => ({
                    Component: (await import('../components/shell/shell-layout.tsx')).ShellLayout,
                  }),
                  children: [
                    {
                      path: '/',
                      lazy: async () => ({
                        Component: (await import('../views/home/home-page.tsx')).HomePage,
                      }),
                    },
                    { path: '/sinh-hoat-moi', lazy: () => import('../views/home/new-meeting-page.tsx') },
                    { path: '/ke-hoach-du', lazy: () => import('../views/oversight/visits-page.tsx') },
                    { path: '/nhan-xet', lazy: () => import('../views/oversight/board-page.tsx') },
                    { path: '/quan-tri', lazy: () => import('../views/admin/organizations-page.tsx') },
                    { path: '/quan-tri/cap-tren', lazy: () => import('../views/admin/assignments-page.tsx') },
                    { path: '/quan-tri/chi-bo/:cellId', lazy: () => import('../views/admin/cell-page.tsx') },
                  ],
                },
                { path: '/man-hinh-du', lazy: () => import('../views/wall/wall-page.tsx') },
              ],
            },
          ],
        },
        {
          element: <RequireSession />,
          children: [
            {
              lazy: questions,
              children: [
                { path: '/hop/:meetingId', lazy: () => import('../views/meeting/meeting-page.tsx') },
              ],
            },
          ],
        },
        { element: <PublicLayout />, children: [{ path: '*', element: <NotFoundPage /> }] },
      ],
    },
  ]);
}
