import './app/mantine.ts';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { fetchLater } from './app/ahead.ts';
import { Page } from './app/page.tsx';
import { shareStyleNonce } from './app/style-nonce.ts';
import { currentLanguage, startTexts } from './i18n/i18n.ts';
import { createApp } from './store/app.ts';
import { watchStyles } from './store/styles.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');

shareStyleNonce();
watchStyles();
const app = createApp(currentLanguage);
void app.session.restore();
await startTexts();
createRoot(root).render(
  <StrictMode>
    <Page app={app} />
  </StrictMode>,
);
fetchLater(app.session.state);
