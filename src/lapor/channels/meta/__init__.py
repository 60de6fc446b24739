"""WhatsApp (Cloud API), a Facebook page and an Instagram account, all through Meta's Graph API and its webhooks."""
