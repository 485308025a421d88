import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { NotFoundState } from '@/ui/page-states/NotFoundState';
import { PendingState } from '@/ui/page-states/PendingState';
import { RouteErrorState } from '@/ui/page-states/RouteErrorState';
import { routeTree } from './route-tree.gen';

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
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
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
