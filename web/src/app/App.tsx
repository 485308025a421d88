import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionsProvider } from '@/actions/ActionsProvider';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { createQueryClient } from './query-client';
import { createAppRouter } from './router';
import { createAppTheme, cssVariablesResolver } from './theme';

/** Not needed to draw a page; a message that comes earlier waits in its store. */
const Toasts = lazyComponent(() => import('./Toasts').then((module) => module.Toasts));
const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

export function App() {
  const { t } = useTranslation();
  const theme = useMemo(() => createAppTheme(t('form.close'), t('form.reveal')), [t]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <ActionsProvider>
          <Suspense fallback={null}>
            <Toasts />
          </Suspense>
          <RouterProvider router={router} />
        </ActionsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
