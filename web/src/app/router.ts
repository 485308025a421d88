import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { NotFoundState } from '@/ui/page-states/NotFoundState';
import { PendingState } from '@/ui/page-states/PendingState';
import { RouteErrorState } from '@/ui/page-states/RouteErrorState';
import { routeTree } from './route-tree.gen';

export function createAppRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PendingState,
    scrollRestoration: true,
    defaultNotFoundComponent: NotFoundState,
    defaultErrorComponent: RouteErrorState,
  });
  // Another page is on its way: for who waits until it is there, such as a test.
  const root = document.getElementById('root');
  router.subscribe('onBeforeNavigate', () => root?.setAttribute('data-busy', ''));
  router.subscribe('onResolved', () => root?.removeAttribute('data-busy'));
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
