import { Center, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSelect } from '@/ui/language/LanguageSelect';
import { setLanguage } from '@/ui/language/set-language';
import { Logo } from '@/ui/page/Logo';
import { PageTitle } from '@/ui/page/PageTitle';

interface CardPageProps {
  title: string;
  lead: ReactNode;
  width?: number;
  children: ReactNode;
}

/** The frame of pages outside of the application: before someone is signed in. */
export function CardPage({ title, lead, width = 400, children }: CardPageProps) {
  const { t, i18n } = useTranslation('session');
  return (
    <Center component="main" id="content" mih="100dvh" p="md">
      <Stack w="100%" maw={width} gap="lg">
        <Group justify="center">
          <Logo size={36} />
        </Group>
        <Paper withBorder p={{ base: 'md', xs: 'xl' }} radius="md" bg="var(--steward-surface)">
          <PageTitle fz={22} mb={4}>
            {title}
          </PageTitle>
          <Text size="sm" c="dimmed" mb="lg">
            {lead}
          </Text>
          {children}
        </Paper>
        <Group justify="center">
          <LanguageSelect
            aria-label={t('language')}
            size="sm"
            value={i18n.language}
            onChange={(language) => void setLanguage(language)}
          />
        </Group>
      </Stack>
    </Center>
  );
}
