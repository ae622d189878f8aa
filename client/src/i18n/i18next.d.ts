import 'i18next';
import type { vi } from './vi/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    returnNull: false;
    resources: typeof vi;
  }
}
