// Before any other script: zod would try whether it may make functions out of text, which the page's policy forbids and reports.
globalThis.__zod_globalConfig = { jitless: true };
