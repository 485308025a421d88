import { Alert, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/lib/api-error';
import { fieldWords, problemWords } from '../feedback/problem-words';
import { IconAlert } from '../icons';

/** What is wrong with a form and belongs to no field of it. */
export function FormProblem({ problem }: { problem: ApiError | null }) {
  const { t } = useTranslation();
  if (!problem) return null;
  const { title, message } = problemWords(problem);
  return (
    <Alert
      color="red"
      role="alert"
      tabIndex={-1}
      data-form-problem
      icon={<IconAlert aria-hidden size={18} />}
      title={title}
    >
      <Text size="sm">{message}</Text>
      {problem.fields.length > 0 && (
        <List size="sm" mt={4}>
          {problem.fields.map((item) => (
            <List.Item key={`${item.field}-${item.code}`}>
              <b>{item.field}</b>: {fieldWords(item)}
            </List.Item>
          ))}
        </List>
      )}
      {problem.requestId && problem.status >= 500 && (
        <Text size="xs" mt={4}>
          {t('state.requestId')} <code>{problem.requestId}</code>
        </Text>
      )}
    </Alert>
  );
}
