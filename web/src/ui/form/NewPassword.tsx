import { PasswordInput, type PasswordInputProps } from '@mantine/core';

/** Where a new password is typed; its eye is reached by the keyboard too. */
export function NewPassword(props: PasswordInputProps) {
  return (
    <PasswordInput size="md" autoComplete="new-password" aria-invalid={props.error ? true : undefined} {...props} />
  );
}
