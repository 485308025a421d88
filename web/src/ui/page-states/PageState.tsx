import { Box, EmptyState, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LucideIcon } from '../icons';
import { PageTitle } from '../page/PageTitle';

interface PageStateProps {
  icon: LucideIcon;
  title: string;
  description: ReactNode;
  /** Quoted to whoever looks into the server's log. */
  requestId?: string | null;
  requestIdLabel?: string;
  /** The title is the page's only heading. */
  isPage?: boolean;
  /** It took the place of what was asked for: read out at once. */
  isAlert?: boolean;
  children?: ReactNode;
}

/** What a page shows in place of its content: nothing yet, not found, not allowed, broken. */
export function PageState({
  icon: Icon,
  title,
  description,
  requestId,
  requestIdLabel,
  isPage,
  isAlert,
  children,
}: PageStateProps) {
  return (
    <Box py={32} px="md" data-page-state role={isAlert ? 'alert' : undefined}>
      <EmptyState
        icon={<Icon aria-hidden size={28} />}
        withIndicatorBackground
        title={isPage ? <PageTitle order={1}>{title}</PageTitle> : title}
        description={description}
        size="sm"
        maw={520}
        mx="auto"
      >
        {requestId && (
          <Text size="xs" c="dimmed">
            {requestIdLabel} <code>{requestId}</code>
          </Text>
        )}
        {children && <EmptyState.Actions mt="xs">{children}</EmptyState.Actions>}
      </EmptyState>
    </Box>
  );
}
