import { fileURLToPath } from 'node:url';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { markdown } from './scripts/markdown';

const server = process.env.STEWARD_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [
    markdown(),
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: './src/routes',
      generatedRouteTree: './src/app/route-tree.gen.ts',
      routeFileIgnorePattern: '\\.test\\.',
    }),
    react(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    manifest: true,
    target: 'es2024',
    // The content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  // The guides are in docs/, beside this folder.
  server: { proxy: { '/api': server }, fs: { allow: ['..'] } },
  preview: { proxy: { '/api': server } },
});
