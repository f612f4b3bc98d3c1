import { Alert, Badge, createTheme, type CSSVariablesResolver } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  components: {
    // A dialog's header is none of the page, which has its own.
    ModalHeader: { defaultProps: { role: "presentation" } },
    DrawerHeader: { defaultProps: { role: "presentation" } },
    // Within its landmark, and with nothing in it but what a menu may hold.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Alert: Alert.extend({ styles: { title: { color: "var(--mantine-color-text)" } } }),
    // A status is one word, and half of it says nothing. Its colour is in its border: as text on white it is too faint.
    Badge: Badge.extend({
      defaultProps: { style: { flexShrink: 0, minWidth: "max-content" } },
      styles: { label: { color: "var(--mantine-color-text)" } },
    }),
  },
});

/** The library's gray for what matters less is too faint to be read by everybody (WCAG asks for a contrast of 4.5 : 1). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
    "--mantine-color-placeholder": "var(--mantine-color-gray-7)",
    "--mantine-color-error": "var(--mantine-color-red-9)",
  },
  dark: {
    "--mantine-color-dimmed": "var(--mantine-color-dark-1)",
    "--mantine-color-placeholder": "var(--mantine-color-dark-1)",
    "--mantine-color-error": "var(--mantine-color-red-4)",
  },
});
