import { Box, EmptyState, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LucideIcon } from '../icons';
import { PageTitle } from '../page/PageTitle';

/** The same for a part of a page, in a line: several of them must not fill the screen with nothing. */
export function EmptyLine({ icon: Icon, title, description }: Pick<PageStateProps, 'icon' | 'title' | 'description'>) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" px="md" py="sm" data-page-state>
      <Icon aria-hidden size={18} style={{ flex: 'none', marginBlockStart: 2 }} color="var(--mantine-color-dimmed)" />
      <Text size="sm">
        <Text span inherit fw={550}>
          {title}
        </Text>{' '}
        <Text span inherit c="dimmed">
          {description}
        </Text>
      </Text>
    </Group>
  );
}

interface PageStateProps {
  icon: LucideIcon;
  title: string;
  description: ReactNode;
  /** Quoted to whoever looks into the server's log. */
  requestId?: string | null;
  requestIdLabel?: string;
  /** The title is the page's only heading. */
  isPage?: boolean;
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
  children,
}: PageStateProps) {
  return (
    <Box py={32} px="md" data-page-state>
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
        {children && <EmptyState.Actions>{children}</EmptyState.Actions>}
      </EmptyState>
    </Box>
  );
}
