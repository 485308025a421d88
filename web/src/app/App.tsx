import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionsProvider } from '@/actions/ActionsProvider';
import { createQueryClient } from './query-client';
import { createAppRouter } from './router';
import { createAppTheme, cssVariablesResolver } from './theme';

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

export function App() {
  const { t } = useTranslation();
  const theme = useMemo(() => createAppTheme(t('form.close'), t('form.reveal')), [t]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <ActionsProvider>
          {/* Over the head of the page: there they lie on nothing that is pressed next, unlike at the bottom. */}
          <Notifications position="top-center" containerWidth={400} className="toasts" />
          <RouterProvider router={router} />
        </ActionsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
