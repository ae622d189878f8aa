// What comes first after signing in, in one file.
export { ShellLayout } from '../components/shell/shell-layout.tsx';
export { HomePage } from '../views/home/home-page.tsx';
export { SignedIn } from './signed-in.tsx';
