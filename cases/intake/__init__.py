"""Intake of referrals and assessments: rules, conditions and versions."""
