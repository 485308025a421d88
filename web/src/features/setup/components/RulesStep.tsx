import { Anchor, Button, Checkbox, Group, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listRolesOptions, operation, type RoleView, updateRole } from '@/api';
import { useRoleName } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { FormProblem } from '@/ui/form/FormProblem';
import { useAppForm } from '@/ui/form/use-app-form';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Step } from './Step';

/** Who is asked first. The administrator's own comes last: from then on nothing is open without a second step. */
const OFFERED = ['agent', 'admin'] as const;

/** How people sign in: what holds for everyone, and who is asked for a second step. It can be left for later. */
export function RulesStep({ number }: { number: number }) {
  const { t } = useTranslation(['setup', 'people']);
  const roleName = useRoleName();
  const roles = useQuery(listRolesOptions());
  const [isLeft, setIsLeft] = useState(false);
  const step = { id: 'rules', number, title: t('rules.title'), help: t('rules.help') };
  if (roles.isError) {
    return (
      <Step {...step}>
        <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />
      </Step>
    );
  }
  if (!roles.data) {
    return (
      <Step {...step}>
        <SkeletonRows rows={2} />
      </Step>
    );
  }
  const asked = roles.data.data.filter((role) => role.requires_mfa).map((role) => roleName(role.name));
  if (asked.length > 0) {
    return (
      <Step {...step} done={t('rules.done', { roles: asked.join(', ') })}>
        <Anchor size="sm" renderRoot={(props) => <Link to="/admin/roles" {...props} />}>
          {t('rules.roles')}
        </Anchor>
      </Step>
    );
  }
  return (
    <Step {...step} left={isLeft ? t('rules.left') : null} onTakeUp={() => setIsLeft(false)}>
      <RulesForm roles={roles.data.data} onLeave={() => setIsLeft(true)} />
    </Step>
  );
}

interface RulesFormProps {
  roles: readonly RoleView[];
  onLeave: () => void;
}

function RulesForm({ roles, onLeave }: RulesFormProps) {
  const { t } = useTranslation('setup');
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const roleName = useRoleName();
  const offered = OFFERED.flatMap((name) => roles.filter((role) => role.name === name));
  const { form, formProps, problem, isSubmitting } = useAppForm<{ asked: string[] }>({
    initialValues: { asked: [] },
    validate: { asked: (asked) => (asked.length === 0 ? t('rules.nothing') : null) },
    onSubmit: async ({ asked }) => {
      for (const role of offered.filter((each) => asked.includes(each.name))) {
        const headers = { 'If-Match': `"${role.version}"` };
        await updateRole({ path: { id: role.id }, body: { requires_mfa: true }, headers });
      }
      const isMine = asked.some((name) => me.roles.includes(name));
      if (isMine && !me.mfa_enabled) {
        await navigate({ to: '/second-factor', search: { next: '/agent/first-steps' } });
      }
      await client.invalidateQueries({ queryKey: operation('listRoles') });
    },
  });
  return (
    <form {...formProps}>
      <FormProblem problem={problem} />
      <Checkbox.Group label={t('rules.ask')} {...form.getInputProps('asked')}>
        <Stack gap="xs" mt={6} mb="sm">
          {offered.map((role) => (
            <Checkbox
              key={role.id}
              size="sm"
              value={role.name}
              label={roleName(role.name)}
              description={t(role.name === 'admin' ? 'rules.adminHelp' : 'rules.agentHelp')}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group gap="sm" mt="sm">
        <Button size="sm" variant="default" type="submit" loading={isSubmitting}>
          {t('rules.save')}
        </Button>
        <Button size="sm" variant="subtle" aria-label={`${t('first.later')}: ${t('rules.title')}`} onClick={onLeave}>
          {t('first.later')}
        </Button>
      </Group>
    </form>
  );
}
