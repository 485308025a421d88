import { Center, Group, Paper, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getMeQueryKey } from '@/api';
import { Logo } from '@/ui/page/Logo';
import { PageTitle } from '@/ui/page/PageTitle';
import { homeOf, safeNext } from '../model';
import { SignInForm } from './SignInForm';

/** The way in. */
export function SignInPage({ next }: { next?: string }) {
  const { t } = useTranslation('session');
  const router = useRouter();
  const queryClient = useQueryClient();
  return (
    <Center component="main" id="content" mih="100dvh" p="md">
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="center">
          <Logo size={36} />
        </Group>
        <Paper withBorder p="xl" radius="md" bg="var(--steward-surface)">
          <PageTitle fz={22} mb={4}>
            {t('signIn.title')}
          </PageTitle>
          <Text size="sm" c="dimmed" mb="lg">
            {t('signIn.lead')}
          </Text>
          <SignInForm
            onSignedIn={async (user) => {
              queryClient.clear();
              queryClient.setQueryData(getMeQueryKey(), user);
              router.history.push(safeNext(next, homeOf(user.roles)));
            }}
          />
        </Paper>
      </Stack>
    </Center>
  );
}
