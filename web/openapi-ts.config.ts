import { defineConfig } from '@hey-api/openapi-ts';

// `npm run generate` sets STEWARD_OPENAPI to the document that the server prints.
export default defineConfig({
  input: process.env.STEWARD_OPENAPI ?? 'openapi.json',
  output: { path: 'src/api/gen', clean: true },
  plugins: [
    { name: '@hey-api/typescript', enums: false },
    { name: '@hey-api/sdk' },
    { name: '@hey-api/client-fetch', throwOnError: true, baseUrl: false },
    { name: '@tanstack/react-query', infiniteQueryOptions: true, queryKeys: { tags: true } },
  ],
});
